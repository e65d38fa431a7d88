import type {
  AppEvent,
  CallInput,
  CallName,
  CallOutput,
  Client,
  LineState,
  Refusal,
  Reply,
} from '../../shared/contract.ts'
import { say } from '../../shared/told.ts'
import { noAnswer, replyOf } from './reply-of.ts'

const requestTimeoutMs = 120_000
const firstRetryMs = 500
const longestRetryMs = 5000

/** The contract over HTTP: calls are posted, events come as server-sent events. The cookie does the login. */
export class HttpClient implements Client {
  request<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<CallOutput<N>>> {
    return replyOf<N>(async () => {
      const response = await fetch(`rpc/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
        signal: AbortSignal.timeout(requestTimeoutMs),
      })
      return response.status === 401 || response.status === 403 ? signedOut() : response.json()
    })
  }

  readonly subscribe: Client['subscribe'] = (watch, onEvent, onConnection) => {
    const line = new EventLine(`events?watch=${watch.join(',')}`, onEvent, onConnection)
    return () => {
      line.close()
    }
  }
}

function signedOut(): Refusal {
  return noAnswer(
    say(
      'This browser is not signed in, or was signed out: open the link that "nexthop serve" prints when it starts',
    ),
  )
}

/** One stream of events that comes back by itself. EventSource gives up on any HTTP error, so it is opened anew here. */
class EventLine {
  readonly #url: string
  readonly #onEvent: (event: AppEvent) => void
  readonly #onConnection: ((state: LineState) => void) | undefined
  #source: EventSource | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #retryMs = firstRetryMs
  #isSignedOut = false

  constructor(
    url: string,
    onEvent: (event: AppEvent) => void,
    onConnection: ((state: LineState) => void) | undefined,
  ) {
    this.#url = url
    this.#onEvent = onEvent
    this.#onConnection = onConnection
    this.#open()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#source?.close()
    this.#source = undefined
  }

  #open(): void {
    const source = new EventSource(this.#url)
    this.#source = source
    source.onopen = () => {
      this.#retryMs = firstRetryMs
      this.#isSignedOut = false
      this.#onConnection?.('open')
    }
    source.onmessage = ({ data }: MessageEvent<string>) => {
      this.#onEvent(JSON.parse(data) as AppEvent)
    }
    source.onerror = () => {
      source.close()
      if (!this.#isSignedOut) this.#onConnection?.('lost')
      void this.#checkLogin(source)
      this.#timer = setTimeout(() => {
        this.#open()
      }, this.#retryMs)
      this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs)
    }
  }

  /** EventSource does not tell why it failed. A server that was started again has no logins. */
  async #checkLogin(failed: EventSource): Promise<void> {
    const response = await fetch('.', { method: 'HEAD' }).catch(() => undefined)
    if (this.#source !== failed) return
    this.#isSignedOut = response?.status === 401
    if (this.#isSignedOut) this.#onConnection?.('signed-out')
  }
}
