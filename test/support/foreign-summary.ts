import type { Foreign } from '../../main/app/import/foreign.ts'
import { readForeign } from '../../main/app/import/read-foreign.ts'
import { formatListen } from '../../shared/model/address.ts'
import type { Config } from '../../shared/model/config.ts'
import { formatHopUrl } from '../../shared/model/hop-url.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'

/** The imported config in words that a test can compare at a glance. */
export function summarizeForeign(text: string) {
  const foreign = readForeign(text)
  if (!foreign) throw new Error('the text is of no known program')
  const { config, format, notes, unmapped } = foreign
  return {
    format,
    hops: config.hops.map((hop) => `${hop.name} = ${formatHopUrl(hop)}`),
    lists: config.lists.map(
      (list) => `${list.name} = ${list.mode} ${list.hopIds.map((id) => hopName(config, id)).join(', ')}`,
    ),
    rules: config.rules.map((rule) => describeRule(config, rule)),
    notes,
    unmapped,
  } satisfies Record<string, unknown> & Pick<Foreign, 'notes' | 'unmapped'>
}

function describeRule(config: Config, { name, enabled, listen, destination, route }: PortRule): string {
  const { kind }: { readonly kind: string } = destination
  const target = 'host' in destination ? `${destination.host}:${destination.port}` : kind
  const through =
    route.kind === 'hop'
      ? hopName(config, route.hopId)
      : route.kind === 'list'
        ? config.lists.find(({ id }) => id === route.listId)?.name
        : route.kind === 'chain'
          ? route.hopIds.map((id) => hopName(config, id)).join(' → ')
          : route.kind
  return `${name}: ${formatListen(listen)} -> ${target} by ${through}${enabled ? '' : ' (off)'}`
}

function hopName({ hops }: Config, id: string): string | undefined {
  return hops.find((hop) => hop.id === id)?.name
}
