import type { Clue } from './clue.ts'
import type { ExplainedObstacle } from './explanation.ts'
import type { DetectedProtocol } from './model/client-protocol.ts'

// What was decided or seen in a stage of a connection. Like a failure, it is data that becomes words where it is read;
// the words are in shared/texts/notes-en.ts and notes-de.ts.

export type StageNote =
  /** Where a client wants to go, and what said so. `isDefault`: the rule did, since that named nothing. */
  | { readonly code: 'found'; readonly target: string; readonly how: Clue; readonly isDefault?: true }
  /** The true one, by a PROXY header. */
  | { readonly code: 'client'; readonly client: string }
  | { readonly code: 'speaks'; readonly protocol: DetectedProtocol }
  | { readonly code: 'no-condition' }
  | {
      readonly code: 'condition'
      readonly number: number
      readonly name?: string | undefined
      readonly isOfAll: boolean
    }
  | { readonly code: 'direct' }
  | { readonly code: 'block' }
  | { readonly code: 'last-resort' }
  | { readonly code: 'no-route' }
  /** The first hops in the order in which they are tried. */
  | { readonly code: 'list'; readonly list: string; readonly hops: readonly string[]; readonly more: number }
  | { readonly code: 'chain'; readonly hops: readonly string[] }
  | { readonly code: 'not-used'; readonly hop: string; readonly obstacle: ExplainedObstacle }
  /** It was down, and comes behind the others until it has been well for long enough. */
  | { readonly code: 'returning'; readonly hop: string; readonly forMs: number }
  | { readonly code: 'passed-over'; readonly hop: string; readonly obstacle: ExplainedObstacle }
  | { readonly code: 'leg'; readonly leg: number; readonly of: number }
  | { readonly code: 'resolved'; readonly answers: readonly string[]; readonly ms: number }
  /** Here, for a hop that is to get an address. */
  | {
      readonly code: 'answers'
      readonly name: string
      readonly answers: readonly string[]
      readonly chosen: string
    }
  | { readonly code: 'attempt-failed'; readonly address: string; readonly errno?: string | undefined }
  | { readonly code: 'certificate'; readonly isVerified: boolean }
  /** Of a hop, to what it was asked. */
  | { readonly code: 'hop-said'; readonly answer: HopAnswer; readonly status?: string }
  | { readonly code: 'first-byte'; readonly from: 'client' | 'target'; readonly ms: number }
  | {
      readonly code: 'relayed'
      readonly bytesUp: number
      readonly bytesDown: number
      readonly seconds: number
    }
  /** The client was told why, in its protocol. */
  | { readonly code: 'told'; readonly protocol: string }
  | {
      readonly code: 'closed'
      readonly by: 'client' | 'target' | 'hop' | 'nexthop'
      readonly how: 'end' | 'reset' | 'closed'
    }
  | { readonly code: 'left-out'; readonly stages: number }

export type HopAnswer =
  | 'wants-login'
  | 'wants-no-login'
  /** It wants none, so nothing is known of the one that it would have been given. */
  | 'login-not-tried'
  | 'accepted'
  /** Something, which is all that was wanted of it. */
  | 'answered'
  | 'granted'

/** Names and addresses stand for themselves. */
export type Noted = string | StageNote
