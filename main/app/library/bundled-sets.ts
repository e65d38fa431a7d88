import type { RuleSet } from '../../../shared/library/rule-set.ts'
import { checkSet } from './read-set.ts'
import browserPort from './sets/browser-port.json' with { type: 'json' }
import databaseBastion from './sets/database-bastion.json' with { type: 'json' }
import nextHopProxy from './sets/next-hop-proxy.json' with { type: 'json' }
import redundantOffice from './sets/redundant-office.json' with { type: 'json' }
import sshTunnel from './sets/ssh-tunnel.json' with { type: 'json' }
import tor from './sets/tor.json' with { type: 'json' }
import webBySni from './sets/web-by-sni.json' with { type: 'json' }

const documents = [nextHopProxy, redundantOffice, browserPort, databaseBastion, sshTunnel, webBySni, tor]

/** The sets that come with Nexthop, the gateway's own first. */
export function bundledSets(): readonly RuleSet[] {
  return documents.map(checkSet)
}
