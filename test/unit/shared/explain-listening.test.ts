import { expect, it } from 'vitest'
import type { Failure } from '../../../shared/errors.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'

it.each<[Failure, string]>([
  [
    { code: 'port-in-use', target: '127.0.0.1:80', holder: { pid: 7, name: 'nginx' } },
    '127.0.0.1:80 is in use by nginx (pid 7). Stop that program, or choose another listen port.',
  ],
  [
    { code: 'port-in-use', target: '127.0.0.1:80' },
    '127.0.0.1:80 is in use by another program. Stop that program, or choose another listen port.',
  ],
  [
    { code: 'port-in-use', target: 'unix:/run/db.sock' },
    'unix:/run/db.sock is in use by another program. Stop that program, or choose another path for the socket.',
  ],
  [
    { code: 'port-forbidden', target: '127.0.0.1:80', errno: 'EACCES' },
    'This user may not listen on 127.0.0.1:80. Choose a port from 1024 up, or allow this one to every user; ' +
      'on Linux: sysctl net.ipv4.ip_unprivileged_port_start=80.',
  ],
  [
    { code: 'port-forbidden', target: '127.0.0.1:50010', errno: 'EACCES' },
    'This user may not listen on 127.0.0.1:50010. Choose another port.',
  ],
  [
    { code: 'port-forbidden', target: 'unix:/run/db.sock', errno: 'EACCES' },
    'This user may not listen on unix:/run/db.sock. Choose a path in a folder of your own.',
  ],
  [
    { code: 'address-unavailable', target: 'unix:/nowhere/db.sock', errno: 'ENOENT' },
    'The folder of unix:/nowhere/db.sock does not exist. Create it, or choose another path for the socket.',
  ],
  [
    { code: 'address-unavailable', target: 'unix:/usr/db.sock', errno: 'EROFS' },
    'The file system of unix:/usr/db.sock is read-only. Choose a path on one that can be written to.',
  ],
  [
    { code: 'address-unavailable', target: '127.0.0.1:9102', errno: 'EMFILE' },
    'There can be no more open files and connections, so Nexthop can not listen on 127.0.0.1:9102 (EMFILE). Raise their ' +
      'limit: with "ulimit -n 65536" before it starts, or LimitNOFILE=65536 in its systemd unit.',
  ],
  [
    { code: 'address-unavailable', target: '127.0.0.1:9102', errno: 'ENOBUFS' },
    'The system does not let Nexthop listen on 127.0.0.1:9102 (ENOBUFS). Choose another address or port.',
  ],
  [
    { code: 'address-unavailable', target: 'unix:/far/too/long', errno: 'ENAMETOOLONG' },
    'No socket can be made at unix:/far/too/long (ENAMETOOLONG). Choose a short path in a folder of your own.',
  ],
  [
    { code: 'address-unavailable', target: '10.9.9.9:80' },
    '10.9.9.9:80 is not an address of this machine. Choose 127.0.0.1, ::1, or an address that one of its network ' +
      'interfaces has now.',
  ],
])('%j is told in full', (failure, sentence) => {
  expect(explainInFull(failure)).toBe(sentence)
})
