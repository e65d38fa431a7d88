import { networkInterfaces } from 'node:os'

export interface OwnAddress {
  /** Of the interface. */
  readonly name: string
  readonly address: string
  /** Of loopback. */
  readonly internal: boolean
}

/** This machine's addresses; undefined where the system can't tell them, as while no file can be opened. */
export function ownAddresses(): readonly OwnAddress[] | undefined {
  try {
    return Object.entries(networkInterfaces()).flatMap(([name, infos = []]) =>
      infos.map(({ address, internal }) => ({ name, address, internal })),
    )
  } catch {
    return undefined
  }
}
