import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { BenchProcess } from './processes.ts'
import { services, type Service } from './services.ts'

// Below the range from which the system takes ports for outgoing connections.
const lowest = 10_000
const highest = 30_000

/** A free port whose last two digits are those of the service; for redsocks they decide what is asked for. */
export async function freePort(service: Service): Promise<number> {
  for (;;) {
    const hundred = (lowest + Math.floor(Math.random() * (highest - lowest))) / 100
    const port = Math.floor(hundred) * 100 + services[service]
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

const patienceMs = 15_000

/** Waits until a process accepts connections on a port. Rejects with what it said where it ends instead. */
export async function untilListening(port: number, process: BenchProcess): Promise<void> {
  for (const deadline = Date.now() + patienceMs; ; await delay(10)) {
    if (!process.isRunning) throw new Error(process.errors || 'it ended at once')
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return
    } catch {
      if (Date.now() > deadline)
        throw new Error(`nothing listened on port ${port} after ${patienceMs / 1000} s`)
    } finally {
      socket.destroy()
    }
  }
}
