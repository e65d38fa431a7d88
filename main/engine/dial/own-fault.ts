import type { Failure } from '../../../shared/errors.ts'
import { ownAddresses } from '../own-addresses.ts'
import { nameQueued } from './connect-error.ts'

/** True where a connection failed for a reason that says nothing of the hop. */
export function isOwnFault(failure: Pick<Failure, 'code' | 'errno'>): boolean {
  return isOwnShortage(failure) || isOwnNetworkDown(failure)
}

/** True where this process, or all of them, can open no more, or had no thread left to look up the name. */
export function isOwnShortage({ errno }: Pick<Failure, 'errno'>): boolean {
  return errno === 'EMFILE' || errno === 'ENFILE' || errno === nameQueued
}

/**
 * True where a connection failed because this machine has no network. No route to a host can also mean that only this
 * host is gone, and a name without an answer that it does not exist; they count where no interface but loopback is left.
 */
export function isOwnNetworkDown({ code, errno }: Pick<Failure, 'code' | 'errno'>): boolean {
  if (errno === 'ENETUNREACH' || errno === 'ENETDOWN' || errno === 'EADDRNOTAVAIL') return true
  return (errno === 'EHOSTUNREACH' || code === 'name-not-found') && !hasNetwork()
}

/** Also where that is not known. */
function hasNetwork(): boolean {
  return ownAddresses()?.some(({ internal }) => !internal) ?? true
}
