import type { Connection } from './connection.ts'
import type { IsOwnListener } from './dial/dial-hop.ts'
import type { HandshakeBook } from './dial/handshake-messages.ts'
import type { HopLiveness } from './dial/hop-liveness.ts'
import type { HopStates } from './hop-states.ts'
import type { KeepAlive } from './keep-alive.ts'
import type { Side } from './relay.ts'
import type { Router } from './routing/router.ts'
import type { ReadBuffers } from './wire/read-buffers.ts'

/** What a connection needs of the engine. */
export interface ConnectionContext {
  readonly hopStates: HopStates
  readonly hopLiveness: HopLiveness
  readonly isOwnListener: IsOwnListener
  readonly buffers: ReadBuffers
  readonly handshakes: HandshakeBook
  readonly keepAlive: KeepAlive
  readonly router: Router
  /** Told of changes worth showing: a new stage, a hop, the end. Not of bytes. */
  onChange(connection: Connection): void
  onBytes(connection: Connection, from: Side, bytes: number): void
  onClose(connection: Connection): void
}
