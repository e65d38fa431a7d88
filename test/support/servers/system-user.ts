import { mustRun, run } from '../process.ts'
import { tool } from '../tools.ts'

export interface SystemUser {
  readonly user: string
  readonly password: string
  close(): Promise<void>
}

/** A user of this system for dante's login, removed by `close`; needs root. */
export async function addSystemUser(): Promise<SystemUser> {
  const user = `nexthop-t${process.pid}`
  const password = 'pa:ss w0rd%'
  const hash = (await mustRun(tool('openssl'), ['passwd', '-6', password])).trim()
  await mustRun(tool('useradd'), ['-M', '-N', '-s', '/usr/sbin/nologin', '-p', hash, user])
  return {
    user,
    password,
    async close() {
      await run(tool('userdel'), [user])
    },
  }
}
