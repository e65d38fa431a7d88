import type { Destination } from '../../../shared/model/destination.ts'
import { formatRange, namedDestinations } from '../../../shared/model/destination-range.ts'
import type { Texts } from '../../texts/texts.ts'

/** Where a rule leads, in a few words. */
export function destinationText({ destinations }: Texts, destination: Destination): string {
  const [named] = namedDestinations(destination)
  switch (destination.kind) {
    case 'fixed':
    case 'range':
      return named ? formatRange(named) : ''
    case 'sniff':
      return named ? destinations.sniffOr(formatRange(named)) : destinations.shown.sniff
    case 'proxy': {
      const { protocols } = destination
      if (protocols.length > 1) return destinations.shown.proxy
      return protocols.includes('http') ? destinations.shown.httpProxy : destinations.shown.socksProxy
    }
    case 'header':
      return destinations.shown.header
  }
}
