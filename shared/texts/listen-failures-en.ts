import type { ListenTexts } from './failure-texts.ts'
import { isLowPort, isSocket, portOf } from './listen-target.ts'

export const englishListening: ListenTexts = {
  portInUse: ({ target, failure: { holder } }) => ({
    what: `${target} is in use by ${holder ? `${holder.name} (pid ${holder.pid})` : 'another program'}`,
    advice: `stop that program, or choose another ${isSocket(target) ? 'path for the socket' : 'listen port'}`,
  }),
  portForbidden: ({ target }) => ({
    what: `this user may not listen on ${target}`,
    advice: isLowPort(target)
      ? 'choose a port from 1024 up, or allow this one to every user; on Linux: ' +
        `sysctl net.ipv4.ip_unprivileged_port_start=${portOf(target)}`
      : 'choose another port',
  }),
  socketForbidden: ({ target }) => ({
    what: `this user may not listen on ${target}`,
    advice: 'choose a path in a folder of your own',
  }),
  socketFolderMissing: ({ target }) => ({
    what: `the folder of ${target} does not exist`,
    advice: 'create it, or choose another path for the socket',
  }),
  socketUnavailable: ({ target, errno }) => ({
    what: `no socket can be made at ${target}${errno}`,
    advice: 'choose a short path in a folder of your own',
  }),
  addressUnavailable: ({ target }) => ({
    what: `${target} is not an address of this machine`,
    advice: 'choose 127.0.0.1, ::1, or an address that one of its network interfaces has now',
  }),
}
