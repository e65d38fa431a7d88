import type { Config } from '../../shared/model/config.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { ConfigView, HopView } from '../../shared/runtime.ts'

// What clients of the contract see of the config. Passwords are write-only: none passes here.

export function hopView({ password, ...hop }: NextHop): HopView {
  return { ...hop, hasPassword: password !== undefined || hop.passwordFrom !== undefined }
}

export function configView(config: Config): ConfigView {
  return { ...config, hops: config.hops.map(hopView) }
}
