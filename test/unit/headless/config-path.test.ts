import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultConfigPath } from '../../../main/headless/config-path.ts'

describe('defaultConfigPath', () => {
  it.each([
    ['linux', {}, ['/home/ann', '.config']],
    ['linux', { XDG_CONFIG_HOME: '/etc/xdg' }, ['/etc/xdg']],
    ['linux', { XDG_CONFIG_HOME: '' }, ['/home/ann', '.config']],
    ['darwin', {}, ['/home/ann', 'Library', 'Preferences']],
    ['win32', { APPDATA: '/roaming' }, ['/roaming']],
    ['win32', {}, ['/home/ann', 'AppData', 'Roaming']],
  ] as const)('on %s with %j', (platform, env, folder) => {
    expect(defaultConfigPath(env, platform, '/home/ann')).toBe(join(...folder, 'nexthop', 'config.json'))
  })
})
