import { makeHop, makeRule, type ConfigFields } from '../support/config.ts'

export const exampleLogin = { user: 'ann', password: 'not-a-real-password' }

/** The config in the pictures: an office with two proxies that work, one that does not, and a tunnel. */
export const exampleOffice: ConfigFields = {
  hops: [
    makeHop({
      id: 'ams',
      name: 'Amsterdam office',
      host: 'proxy.ams.example.com',
      port: 1080,
      ...exampleLogin,
    }),
    makeHop({ id: 'rtm', name: 'Rotterdam office', host: 'proxy.rtm.example.com', port: 1080 }),
    makeHop({
      id: 'old',
      name: 'Old gateway',
      host: 'gateway.example.com',
      port: 1080,
      version: '4a',
      failureWaitMs: 600_000,
    }),
    makeHop({ id: 'tor', name: 'Tor', port: 9050, user: 'isolate-1' }),
  ],
  lists: [
    { id: 'hop', name: 'SOCKS Next-Hop', mode: 'round-robin', hopIds: ['ams', 'rtm'] },
    { id: 'safe', name: 'Office, then the old gateway', hopIds: ['ams', 'old'] },
  ],
  rules: [
    makeRule({
      id: 'database',
      name: 'Production database',
      listen: 9102,
      to: { host: 'db.ams.example.com', port: 5432 },
      route: { kind: 'list', listId: 'hop' },
    }),
    makeRule({
      id: 'intranet',
      name: 'Intranet',
      listen: 8081,
      to: { host: 'intranet.example.com', port: 8080 },
      route: { kind: 'list', listId: 'safe' },
    }),
    makeRule({
      id: 'cache',
      name: 'Session cache',
      listen: 6380,
      to: { host: 'cache.rtm.example.com', port: 6379 },
      route: { kind: 'hop', hopId: 'rtm' },
    }),
    makeRule({
      id: 'git',
      name: 'Git over SSH',
      listen: 9418,
      to: { host: 'git.example.com', port: 22 },
      route: { kind: 'list', listId: 'hop' },
    }),
    makeRule({
      id: 'reports',
      name: 'Legacy reports',
      listen: 8443,
      to: { host: 'reports.example.com', port: 8443 },
      route: { kind: 'hop', hopId: 'old' },
    }),
    makeRule({
      id: 'mail',
      name: 'Mail',
      enabled: false,
      listen: 9930,
      to: { host: 'mail.example.com', port: 993 },
      route: { kind: 'hop', hopId: 'ams' },
    }),
  ],
}
