import { get } from 'node:http'

/** Often enough to see a chart move, seldom enough to read the connections. */
const everyMs = 2000
const timeoutMs = 5000

export interface DemoVisitor {
  close(): void
}

/** Asks for the demo's page now and then, as a program behind the rule would, so that there is traffic to see. */
export function startDemoVisitor(url: string): DemoVisitor {
  const visit = () => {
    const request = get(url, { agent: false, timeout: timeoutMs }, (response) => response.resume())
    // The rule may be switched off or changed: that is part of trying things out.
    request.on('error', () => undefined)
    request.on('timeout', () => request.destroy())
  }
  visit()
  const timer = setInterval(visit, everyMs)
  timer.unref()
  return { close: () => clearInterval(timer) }
}
