import type { ServerResponse } from 'node:http'
import { topics, type Topic } from '../../../shared/contract.ts'
import type { EventHub } from '../../app/event-hub.ts'
import { sendText } from './answers.ts'
import { securityHeaders } from '../../app/security-headers.ts'

const heartbeatMs = 15_000
const mostStreams = 64
/** A client that reads so slowly is cut off; it comes back and fetches the state anew. */
const mostWaitingBytes = 4 * 1024 * 1024

export interface EventStreams {
  /** GET /events?watch=traffic,connections: server-sent events, each with one event of the contract as JSON. */
  answer(watch: string | null, response: ServerResponse): void
  /** Ends all streams. */
  close(): void
}

export function createEventStreams(hub: EventHub): EventStreams {
  const open = new Set<ServerResponse>()

  function answer(watch: string | null, response: ServerResponse): void {
    // It would stay open for good, and take the place of a window.
    if (response.req.method !== 'GET') {
      sendText(response, 405, 'There is only GET here')
      return
    }
    const wanted = parseTopics(watch ?? '')
    if (!wanted) {
      sendText(response, 400, `watch must be a list of ${topics.join(', ')}`)
      return
    }
    if (open.size >= mostStreams) {
      sendText(response, 503, 'Too many windows are open: close one')
      return
    }
    response.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream' })
    const write = (text: string) => {
      if (response.writableLength > mostWaitingBytes) response.destroy()
      else response.write(text)
    }
    // Sent at once, so that the client knows that it is connected before the first event.
    write(': connected\n\n')
    const end = hub.subscribe(wanted, (event) => {
      write(`data: ${JSON.stringify(event)}\n\n`)
    })
    const heartbeat = setInterval(() => {
      write(': still here\n\n')
    }, heartbeatMs)
    open.add(response)
    response.once('close', () => {
      open.delete(response)
      clearInterval(heartbeat)
      end()
    })
  }

  return {
    answer,
    close: () => {
      for (const response of open) response.destroy()
    },
  }
}

function parseTopics(text: string): Topic[] | undefined {
  const names = text.split(',').filter((name) => name !== '')
  const known = topics.filter((topic) => names.includes(topic))
  return names.every((name) => (topics as readonly string[]).includes(name)) ? known : undefined
}
