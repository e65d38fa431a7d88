import type { AppEvent, CallInput, CallName, CallOutput, Client, Reply } from '../../shared/contract.ts'
import type { Bridge } from './bridge.ts'
import { replyOf } from './reply-of.ts'

/** The contract over Electron's IPC. It ends only with the window, but may fail to start. */
export class IpcClient implements Client {
  readonly #bridge: Bridge

  constructor(bridge: Bridge) {
    this.#bridge = bridge
  }

  request<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<CallOutput<N>>> {
    return replyOf<N>(() => this.#bridge.request(name, input))
  }

  readonly subscribe: Client['subscribe'] = (watch, onEvent, onConnection) =>
    this.#bridge.subscribe(
      watch,
      (event) => {
        onEvent(event as AppEvent)
      },
      onConnection,
    )
}
