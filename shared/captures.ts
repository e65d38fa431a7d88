// What a recording of packets is, as data.

export type CaptureScope =
  | { readonly kind: 'rule'; readonly ruleId: string }
  | { readonly kind: 'connection'; readonly connectionId: string }
  | { readonly kind: 'all' }

export interface CaptureOptions {
  readonly of: CaptureScope
  /** The file grows no larger. */
  readonly maxBytes: number
  readonly maxMs: number
  /** How much of each packet's payload is kept; 0: all. */
  readonly payloadBytes: number
  /** Shows the port of SOCKS hops as 1080, which Wireshark decodes without a setting. */
  readonly decodeFriendly: boolean
  /** Leaves passwords in; else they are blanked, with their length kept. */
  readonly keepPasswords: boolean
}

export const captureDefaults = {
  maxBytes: 100_000_000,
  maxMs: 600_000,
  payloadBytes: 0,
  decodeFriendly: true,
  keepPasswords: false,
} as const satisfies Omit<CaptureOptions, 'of'>

/** Why it ended: on request, at a limit, with its connection, for want of disk, or with the engine. */
export type CaptureEnd = 'asked' | 'size' | 'time' | 'connection-closed' | 'disk' | 'engine'

/** How far the engine is with a recording. */
export interface CaptureProgress {
  readonly id: string
  readonly bytes: number
  readonly packets: number
  readonly connections: number
  readonly endedAt?: number
  readonly endedBy?: CaptureEnd
}

/** A recording as clients of the contract see it. */
export interface CaptureView extends CaptureProgress {
  readonly of: CaptureScope
  readonly filename: string
  readonly path: string
  readonly startedAt: number
}
