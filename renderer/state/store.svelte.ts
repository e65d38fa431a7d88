import type { CaptureView } from '../../shared/captures.ts'
import type { AppEvent, Client, LineState, Refusal, Topic } from '../../shared/contract.ts'
import type { AppSnapshot, ConnectionSummary, LogEntry, StageRecord } from '../../shared/runtime.ts'
import type { UpdateStatus } from '../../shared/updates.ts'
import { applyEvent } from './apply-event.ts'
import { Clock } from './clock.svelte.ts'
import { emptyBook, mergeConnections, type ConnectionBook } from './connection-book.ts'
import { Paced } from './paced.ts'
import { Sync } from './sync.ts'
import { TrafficHistory } from './traffic-history.ts'

const logEntriesKept = 5000
/** Ticks come every second; without one for so long, nothing passed. */
const quietAfterMs = 1500
const secondMs = 1000

/** All that the app told us, kept in step with it. Data is replaced, never changed in place. */
export class Store {
  snapshot: AppSnapshot | undefined = $state.raw()
  line: 'connecting' | LineState = $state('connecting')
  /** Why there is no snapshot. */
  refusal: Refusal | undefined = $state.raw()
  connections: ConnectionBook = $state.raw(emptyBook)
  isConnectionsLoaded = $state(false)
  log: readonly LogEntry[] = $state.raw([])
  isLogLoaded = $state(false)
  /** Stages of running checks by check id. */
  checks: Readonly<Record<string, readonly StageRecord[]>> = $state.raw({})
  /** Changes whenever `traffic` has. */
  trafficVersion = $state(0)
  /** What is known of a newer version. */
  update: UpdateStatus = $state.raw({ state: 'none' })
  /** Recordings of packets, newest first. */
  captures: readonly CaptureView[] = $state.raw([])
  /** How often help with a problem was asked for. */
  helpAsked = $state(0)
  /** How many links to next hops were opened. */
  linksOffered = $state(0)
  readonly traffic = new TrafficHistory()
  readonly clock = new Clock()
  readonly #paced = new Paced<AppSnapshot>((snapshot) => {
    this.snapshot = snapshot
  })
  readonly #client: Client
  readonly #sync: Sync
  #watchesConnections = false
  #quietTimer: ReturnType<typeof setTimeout> | undefined
  #connectionsBeforeList: ConnectionSummary[] | undefined
  #captureNews = 0

  constructor(client: Client) {
    this.#client = client
    this.#sync = new Sync(client, {
      onSnapshot: (snapshot) => {
        this.#paced.set(snapshot)
        this.clock.set(snapshot.at)
        this.traffic.know(snapshot.runtime)
        this.#followTraffic()
        this.refusal = undefined
        void this.#fetchLists()
      },
      onEvent: (event) => {
        this.#apply(event)
      },
      onLine: (state) => {
        this.line = state
        // What can not be heard is no quiet.
        if (state !== 'open') clearTimeout(this.#quietTimer)
      },
      onFailure: (refusal) => {
        this.refusal = refusal
      },
    })
  }

  /** `isVisible`: nothing that costs is asked for while nobody looks. */
  watch({ isVisible, connections }: { isVisible: boolean; connections: boolean }): void {
    this.#watchesConnections = isVisible && connections
    this.clock.run(isVisible)
    if (!isVisible) {
      this.traffic.clear()
      this.#followTraffic()
    }
    const topics: Topic[] = isVisible ? ['traffic'] : []
    if (this.#watchesConnections) topics.push('connections')
    this.#sync.watch(topics)
  }

  refetch(): Promise<void> {
    return this.#sync.fetch()
  }

  close(): void {
    this.#paced.close()
    this.clock.run(false)
    clearTimeout(this.#quietTimer)
    this.#sync.close()
  }

  async #fetchLists(): Promise<void> {
    if (this.#watchesConnections) {
      this.#connectionsBeforeList = []
      const reply = await this.#client.request('connection.list', {})
      const changedMeanwhile = this.#connectionsBeforeList
      this.#connectionsBeforeList = undefined
      if (reply.ok) {
        this.connections = this.#merged(this.#merged(emptyBook, reply.value), changedMeanwhile)
        this.isConnectionsLoaded = true
      }
    }
    const newsBefore = this.#captureNews
    const recordings = await this.#client.request('capture.list', {})
    // What came meanwhile is newer, and whole.
    if (recordings.ok && newsBefore === this.#captureNews) this.captures = recordings.value
    const reply = await this.#client.request('log.list', {})
    if (!reply.ok) return
    this.log = []
    this.#appendLog(reply.value)
    this.isLogLoaded = true
  }

  #merged(book: ConnectionBook, changed: readonly ConnectionSummary[]): ConnectionBook {
    return mergeConnections(book, changed, this.snapshot?.config.settings.closedConnectionsKept ?? 1000)
  }

  #appendLog(entries: readonly LogEntry[]): void {
    const last = this.log.at(-1)?.number ?? 0
    const fresh = entries.filter(({ number }) => number > last)
    if (fresh.length > 0) this.log = [...this.log, ...fresh].slice(-logEntriesKept)
  }

  #apply(event: AppEvent): void {
    const { latest } = this.#paced
    if (latest) this.#paced.set(applyEvent(latest, event))
    switch (event.name) {
      case 'traffic.ticked':
        this.traffic.push(event.data)
        this.#followTraffic()
        break
      case 'connections.changed':
        this.#connectionsBeforeList?.push(...event.data.connections)
        this.connections = this.#merged(this.connections, event.data.connections)
        break
      case 'problem.helpAsked':
        this.helpAsked += 1
        break
      case 'link.offered':
        this.linksOffered += 1
        break
      case 'update.changed':
        this.update = event.data
        break
      case 'log.appended':
        this.#appendLog(event.data.entries)
        break
      case 'capture.changed':
        this.#captureNews += 1
        this.captures = event.data.captures
        break
      case 'check.progressed':
        this.checks = { ...this.checks, [event.data.checkId]: event.data.stages }
        break
    }
  }

  /** Lets the views know of it, and goes on second by second as long as there is something in it. */
  #followTraffic(): void {
    this.trafficVersion += 1
    clearTimeout(this.#quietTimer)
    if (this.traffic.isEmpty) return
    const fill = () => {
      this.traffic.fill(this.clock.time)
      this.trafficVersion += 1
      if (!this.traffic.isEmpty) this.#quietTimer = setTimeout(fill, secondMs)
    }
    this.#quietTimer = setTimeout(fill, quietAfterMs)
  }

  forgetCheck(checkId: string): void {
    const { [checkId]: _forgotten, ...others } = this.checks
    this.checks = others
  }
}
