import { hostKind } from '../../../shared/model/host.ts'
import type { HopView } from '../../../shared/runtime.ts'

/** A hop of a chain whose next one, or destination, is looked up on this machine, as the hop is given no names. */
export interface LookedUpHere {
  readonly hop: HopView
  /** The name that is looked up. */
  readonly host: string
}

/** `destination`: its host as far as it is known; '' otherwise. */
export function namesLookedUpHere(hops: readonly HopView[], destination: string): readonly LookedUpHere[] {
  return hops.flatMap((hop, index) => {
    const host = hops[index + 1]?.host ?? destination
    return hop.resolveAt === 'here' && host !== '' && hostKind(host) === 'name' ? [{ hop, host }] : []
  })
}
