import { lstat, stat } from 'node:fs/promises'
import { createServer, type AddressInfo, type ListenOptions, type Server } from 'node:net'
import { dirname } from 'node:path'
import type { Failure } from '../../shared/errors.ts'
import { formatListen, type ListenAddress } from '../../shared/model/address.ts'
import type { Listen } from '../../shared/model/port-rule.ts'
import { findPortHolder } from './port-holder/port-holder.ts'
import type { PortUse } from './sharing.ts'
import { makeSocketFile, removeStaleSocket } from './socket-file.ts'

export type BindResult =
  | {
      readonly ok: true
      readonly address: ListenAddress
      /** Ends listening; connections go on. */
      readonly close: () => void
    }
  | { readonly ok: false; readonly failure: Failure }

const backlog = 1024

/** Makes a server listen. Never rejects: a failure says who holds the port, where that can be found out. */
export async function bind(server: Server, listen: Listen, use: PortUse = 'alone'): Promise<BindResult> {
  try {
    return listen.kind === 'unix'
      ? await bindSocket(server, listen)
      : await bindPort(server, await claim(listen, use))
  } catch (error) {
    const errno = (error as NodeJS.ErrnoException).code ?? 'EIO'
    if (!(errno === 'EADDRINUSE' && listen.kind === 'unix' && (await removeStaleSocket(listen.path)))) {
      return { ok: false, failure: await bindFailure(errno, listen) }
    }
    return bind(server, listen, use)
  }
}

async function bindSocket(server: Server, address: Listen & { kind: 'unix' }): Promise<BindResult> {
  const removeFile = await makeSocketFile(address.path, (path) => listenOnce(server, { path }))
  const close = () => {
    removeFile()
    server.close()
  }
  return { ok: true, address, close }
}

async function bindPort(server: Server, options: ListenOptions): Promise<BindResult> {
  await listenOnce(server, options)
  const { address: host, port } = server.address() as AddressInfo
  return { ok: true, address: { kind: 'tcp', host, port }, close: () => server.close() }
}

/**
 * Of threads that share a port the first one makes sure that no other program has it: one that shares its port, too,
 * such as a second Nexthop, would not be noticed by a shared bind. It also finds out which port a 0 becomes.
 */
async function claim({ host, port }: Listen & { kind: 'tcp' }, use: PortUse): Promise<ListenOptions> {
  if (use === 'alone') return { host, port, exclusive: true }
  if (use === 'further') return { host, port, reusePort: true }
  const probe = createServer()
  await listenOnce(probe, { host, port, exclusive: true })
  const bound = (probe.address() as AddressInfo).port
  await new Promise((resolve) => probe.close(resolve))
  return { host, port: bound, reusePort: true }
}

function listenOnce(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const onListening = () => {
      server.off('error', onError)
      resolve()
    }
    const onError = (error: Error) => {
      server.off('listening', onListening)
      reject(error)
    }
    server.once('listening', onListening).once('error', onError)
    server.listen({ ...options, backlog })
  })
}

async function bindFailure(errno: string, listen: Listen): Promise<Failure> {
  const failure = { target: formatListen(listen), errno }
  const unavailable = { code: 'address-unavailable', ...failure } as const
  switch (errno) {
    case 'EADDRINUSE': {
      if (listen.kind === 'unix') {
        return (await isSocket(listen.path))
          ? { code: 'port-in-use', ...failure }
          : { ...unavailable, errno: 'EEXIST' }
      }
      const holder = await findPortHolder(listen.port)
      return { code: 'port-in-use', ...failure, ...(holder && { holder }) }
    }
    case 'EACCES':
    case 'EPERM':
      // libuv says so of a missing folder, too.
      if (listen.kind === 'unix' && (await isMissing(dirname(listen.path)))) {
        return { ...unavailable, errno: 'ENOENT' }
      }
      return { code: 'port-forbidden', ...failure }
    default:
      return unavailable
  }
}

async function isMissing(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => false,
    ({ code }: NodeJS.ErrnoException) => code === 'ENOENT',
  )
}

/** False for what else may be at its path. A pipe of Windows is no file, but nothing else has its name. */
async function isSocket(path: string): Promise<boolean> {
  return lstat(path).then(
    (stats) => stats.isSocket(),
    () => true,
  )
}
