import type { BenchProcess, Processes } from '../processes.ts'
import type { Service, Sink } from '../services.ts'

/** Something that stands between the load generator and the sink. */
export interface Peer {
  readonly name: string
  /** `reference`: shown beside the others, but nobody to compare with. */
  readonly kind: 'nexthop' | 'peer' | 'reference'
  /** Connections that it can hold without harm to the machine. */
  readonly maxConnections?: number
  /** Whether it can be measured here; its version, or why not. */
  find(): Promise<Found>
  start(request: StartRequest): Promise<Forwarder>
}

export type Found = { readonly version: string } | { readonly missing: string }

export interface StartRequest {
  readonly service: Service
  readonly sink: Sink
  readonly processes: Processes
  /** As many as the system's limit of open files allows a forwarder, at two sockets each. */
  readonly mostConnections: number
  /** An empty folder of its own for files of configuration. */
  readonly directory: string
}

export interface Forwarder {
  /** Where it listens on 127.0.0.1, or is about to. */
  readonly port: number
  /** Its processes (their descendants count too); none where there is nothing in between. */
  readonly processes: readonly BenchProcess[]
  /** How it was started, without the folders of this machine. */
  readonly command: string
  /** Its configuration, where it has one. */
  readonly config?: string
}
