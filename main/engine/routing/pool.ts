import type { Endpoint } from '../../../shared/model/address.ts'
import { clientWithoutPort, formatEndpoint } from '../../../shared/model/address.ts'
import type { NextHopList } from '../../../shared/model/next-hop-list.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { StageNote } from '../../../shared/stage-note.ts'
import type { Candidate } from './candidate.ts'
import type { PoolMemory } from './modes/mode.ts'
import { StickyTable } from './modes/sticky-table.ts'
import type { HopsPlan } from './route-plan.ts'

/** The hops of a route, prepared once per config so that a connection has little left to do. */
export interface Pool {
  /** Undefined for a single hop. */
  readonly list: NextHopList | undefined
  /** In the order of the list, the backups last. */
  readonly candidates: readonly Candidate[]
  readonly memory: PoolMemory
  /** What most connections of a failover list or a single hop get: all hops, in their order. */
  readonly plain: HopsPlan
}

/** What a connection is, as far as its route depends on it. */
export interface RouteRequest {
  /** The client as address:port, or "unix". */
  readonly client: string
  readonly target: Endpoint
}

export function newMemory(): PoolMemory {
  return { credits: new Map(), sticky: new StickyTable() }
}

export function singlePool(hop: NextHop, standing: Candidate['standing']): Pool {
  const plain: HopsPlan = { kind: 'hops', hops: [hop], notes: [hop.name] }
  return {
    list: undefined,
    candidates: [{ hop, weight: 1, isBackup: false, standing }],
    memory: newMemory(),
    plain,
  }
}

/** @param members the hops of the list, in its order */
export function listPool(
  list: NextHopList,
  members: readonly { readonly hop: NextHop; readonly standing: Candidate['standing'] }[],
  memory: PoolMemory,
): Pool {
  const all = members.map(({ hop, standing }) => ({
    hop,
    standing,
    weight: list.weights[hop.id] ?? 1,
    isBackup: list.backupHopIds.includes(hop.id),
  }))
  const candidates = [...all.filter(({ isBackup }) => !isBackup), ...all.filter(({ isBackup }) => isBackup)]
  const hops = candidates.map(({ hop }) => hop)
  return {
    list,
    candidates,
    memory,
    plain: { kind: 'hops', hops, notes: [noteOrder(list, hops)] },
  }
}

/** What a sticky list goes by: the client without its port, or the destination. Another form would move clients. */
export function stickyKey({ stickyBy }: NextHopList, { client, target }: RouteRequest): string {
  return stickyBy === 'destination' ? formatEndpoint(target) : clientWithoutPort(client)
}

/** How many hops a note names. */
const named = 4

export function noteOrder(list: NextHopList, hops: readonly NextHop[]): StageNote {
  const names = hops.slice(0, named).map(({ name }) => name)
  return { code: 'list', list: list.name, hops: names, more: hops.length - names.length }
}
