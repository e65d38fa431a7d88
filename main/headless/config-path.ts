import { homedir } from 'node:os'
import { join } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

/** Where the config is unless another file is named: the place for it on each system. */
export function defaultConfigPath(env: Env, platform = process.platform, home = homedir()): string {
  return join(configFolder(env, platform, home), 'nexthop', 'config.json')
}

function configFolder(env: Env, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return env['APPDATA'] || join(home, 'AppData', 'Roaming')
  if (platform === 'darwin') return join(home, 'Library', 'Preferences')
  // XDG Base Directory Specification.
  return env['XDG_CONFIG_HOME'] || join(home, '.config')
}
