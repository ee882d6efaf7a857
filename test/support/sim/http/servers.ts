/** The servers a simulator listens with. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificates } from './certificates.ts';

/** Open connections by server: tunnels and failed handshakes are not among those a server itself would end. */
const connections = new WeakMap<Server, Set<Socket>>();

function counted<T extends Server>(server: T): T {
  const open = new Set<Socket>();
  connections.set(server, open);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return server;
}

export function plainServer(listener: RequestListener): Server {
  const server = createServer(listener);
  server.on('clientError', (_, socket) => socket.destroy());
  return counted(server);
}

export function tlsServer({ key, cert }: Certificates, listener: RequestListener): TlsServer {
  const server = createTlsServer({ key, cert, ALPNProtocols: ['http/1.1'] }, listener);
  server.on('clientError', (_, socket) => socket.destroy());
  server.on('tlsClientError', (_, socket) => socket.destroy());
  return counted(server);
}

/** Listens on the loopback address and gives the port. */
export function listening(server: Server, port: number): Promise<number> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => done((server.address() as AddressInfo).port));
  });
}

/** Ends all connections, also those left hanging on purpose, and stops listening. */
export async function shut(server: Server): Promise<void> {
  const closed = server.listening ? new Promise((done) => server.close(done)) : undefined;
  server.closeAllConnections();
  for (const socket of connections.get(server) ?? []) socket.destroy();
  await closed;
}
