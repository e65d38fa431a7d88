import { createConnection, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { startProcess } from './process.ts'

const program = (host: string) => `
  const server = require('node:net').createServer()
  server.listen({ host: '${host}', port: 0, backlog: 1 }, () => console.log('port ' + server.address().port))
`

export interface MuteListener {
  readonly port: number
  /** From now on it accepts; who waits finds out when the system asks again, after a second. */
  wake(): void
  close(): Promise<void>
}

/** A port where connections are neither accepted nor refused: a stopped process whose queue is full (Linux). */
export async function startMuteListener(host = '127.0.0.1'): Promise<MuteListener> {
  const listener = await startProcess(process.execPath, ['-e', program(host)], { ready: /port \d+/ })
  const port = Number(/port (\d+)/.exec(listener.output())?.[1])
  process.kill(listener.pid, 'SIGSTOP')
  const fillers: Socket[] = []
  while (await fills(port, fillers)) {
    // Goes on until one stays without an answer.
  }
  return {
    port,
    wake: () => process.kill(listener.pid, 'SIGCONT'),
    async close() {
      for (const filler of fillers) filler.destroy()
      await listener.kill()
    },
  }
}

async function fills(port: number, fillers: Socket[]): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port })
  fillers.push(socket)
  socket.on('error', () => undefined)
  const connected = new Promise<boolean>((resolve) => socket.once('connect', () => resolve(true)))
  return Promise.race([connected, pause(200, false)])
}
