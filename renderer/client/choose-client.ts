import type { Client } from '../../shared/contract.ts'
import { HttpClient } from './http-client.ts'
import { IpcClient } from './ipc-client.ts'

/** The one place that looks which shell this is. */
export function chooseClient(): Client {
  return window.nexthop ? new IpcClient(window.nexthop) : new HttpClient()
}
