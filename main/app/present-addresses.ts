import { ownAddresses } from '../engine/own-addresses.ts'

/** The machine's addresses but for loopback, in one text that can be compared; undefined while they are not known. */
export function presentAddresses(): string | undefined {
  return ownAddresses()
    ?.filter(({ internal }) => !internal)
    .map(({ name, address }) => `${name} ${address}`)
    .sort()
    .join()
}
