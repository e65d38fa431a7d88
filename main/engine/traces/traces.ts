import type { PortRule } from '../../../shared/model/port-rule.ts'
import type { TraceSettings } from '../../../shared/model/trace-settings.ts'
import type { ConnectionDetail } from '../../../shared/runtime.ts'
import { traceLine } from '../../../shared/trace-filter.ts'
import { isListed, toBlockList } from '../networks.ts'

/** What is told at once; a crowd of connections that end within a second must not pile up without bound. */
const mostPerBatch = 2000
const everyMs = 100

export interface TraceBatch {
  /** Each a trace as a line of a file: text goes from thread to thread for less than what it is made of. */
  readonly lines: readonly string[]
  /** How many more there were. */
  readonly missed: number
}

interface Closed {
  readonly rule: Pick<PortRule, 'name'>
  readonly isTraced: boolean
  readonly closeReason: ConnectionDetail['closeReason']
  detail(): ConnectionDetail
}

/** Says whose stages are recorded, and hands over those to be saved, several at a time. */
export class Traces {
  readonly #onBatch: (batch: TraceBatch) => void
  #of: TraceSettings['of'] = 'all'
  #save: TraceSettings['save'] = 'off'
  #clients: ReturnType<typeof toBlockList> | undefined
  #waiting: string[] = []
  #missed = 0
  #timer: NodeJS.Timeout | undefined

  constructor(onBatch: (batch: TraceBatch) => void) {
    this.#onBatch = onBatch
  }

  configure({ of, clients, save }: TraceSettings): void {
    this.#of = of
    this.#save = save
    this.#clients = of === 'chosen' && clients.length > 0 ? toBlockList(clients) : undefined
  }

  /** @param address of the client, in plain form; undefined on unix sockets */
  isWanted(rule: PortRule, address: string | undefined): boolean {
    if (this.#of !== 'chosen') return this.#of === 'all'
    if (rule.trace) return true
    return address !== undefined && this.#clients !== undefined && isListed(this.#clients, address)
  }

  closed(connection: Closed): void {
    if (this.#save === 'off' || !connection.isTraced) return
    if (this.#save === 'failed' && !connection.closeReason?.failure) return
    if (this.#waiting.length >= mostPerBatch) this.#missed += 1
    else this.#waiting.push(traceLine(connection.detail(), connection.rule.name))
    this.#timer ??= setTimeout(() => this.flush(), everyMs).unref()
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#waiting.length === 0) return
    const batch = { lines: this.#waiting, missed: this.#missed }
    this.#waiting = []
    this.#missed = 0
    this.#onBatch(batch)
  }
}
