import type {
  AppEvent,
  CallInput,
  CallName,
  CallOutput,
  Client,
  LineState,
  Reply,
  Topic,
} from '../../shared/contract.ts'
import type { Bridge } from './bridge.ts'
import { noAnswer } from './no-answer.ts'

/** The contract over Electron's IPC. It ends only with the window, but may fail to start. */
export class IpcClient implements Client {
  readonly #bridge: Bridge

  constructor(bridge: Bridge) {
    this.#bridge = bridge
  }

  async request<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<CallOutput<N>>> {
    try {
      return (await this.#bridge.request(name, input)) as Reply<CallOutput<N>>
    } catch (error) {
      return noAnswer(error instanceof Error ? error.message : String(error))
    }
  }

  subscribe(
    watch: readonly Topic[],
    onEvent: (event: AppEvent) => void,
    onConnection?: (state: LineState) => void,
  ): () => void {
    return this.#bridge.subscribe(
      watch,
      (event) => {
        onEvent(event as AppEvent)
      },
      onConnection,
    )
  }
}
