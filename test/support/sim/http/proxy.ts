/** The simulator as a proxy: known names are answered here under its own certificate, all others refused. */
import type { IncomingMessage } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Duplex } from 'node:stream';

/** A handler for CONNECT that hands known hosts to the TLS server, which is made at the first of them. */
export function connectHandler(
  known: ReadonlySet<string>,
  tlsServer: () => TlsServer,
  refused: (address: string) => void,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const address = request.url ?? '';
    if (!known.has(address.replace(/:\d+$/, '').toLowerCase())) {
      refused(address);
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length) socket.unshift(head);
    tlsServer().emit('connection', socket);
  };
}
