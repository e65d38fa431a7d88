import type { Failure } from '../../../shared/errors.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'

export type Login = Pick<NextHop, 'version' | 'user' | 'password'>

/** True where user and password are offered. */
export function hasLogin({ version, user, password }: Login): boolean {
  return version === '5' && Boolean(user ?? password)
}

/** Why a login was of no use that the hop asked for and did not take. */
export function refusedLogin({ password }: Pick<Login, 'password'>): NonNullable<Failure['login']> {
  return password ? 'refused' : 'without-password'
}
