import { connect, createServer } from 'node:net'

// plain-forwarder.ts LISTEN_PORT TARGET_PORT SOCKS_PORT: as little as a forwarder made of Node's sockets can do, in one
// thread. It believes every answer, and knows no time-outs, traces, totals or limits, nor who ended a connection.

const [listenPort = 0, targetPort = 0, socksPort = 0] = process.argv.slice(2).map(Number)
const host = '127.0.0.1'
const greeting = Buffer.from([5, 1, 0])
const request = Buffer.from([5, 1, 0, 1, 127, 0, 0, 1, targetPort >> 8, targetPort & 255])
const replyLength = 10

createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  const hop = connect({ host, port: socksPort, allowHalfOpen: true, noDelay: true })
  const onReply = (reply: Buffer) => {
    if (reply.length > replyLength) client.write(reply.subarray(replyLength))
    client.pipe(hop)
    hop.pipe(client)
  }
  const onMethod = () => {
    hop.once('data', onReply)
    hop.write(request)
  }
  hop.once('connect', () => {
    hop.once('data', onMethod)
    hop.write(greeting)
  })
  client.on('error', () => hop.destroy())
  hop.on('error', () => client.destroy())
}).listen(listenPort, host)
