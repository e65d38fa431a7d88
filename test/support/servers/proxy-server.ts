import type { RunningProcess } from '../process.ts'

/** A real SOCKS server on 127.0.0.1. */
export interface ProxyServer {
  readonly port: number
  readonly process: RunningProcess
  close(): Promise<void>
}
