/**
 * The least that can be between a sender and many sockets: what one socket says is sent to all
 * others as it came. A process of its own, as the stack is.
 */
const sockets = new Set<WebSocket>();
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(`Listening on ${port}`),
}, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onopen = () => sockets.add(socket);
  socket.onclose = () => sockets.delete(socket);
  socket.onmessage = ({ data }) => {
    for (const other of sockets) {
      if (other !== socket && other.readyState === WebSocket.OPEN) other.send(data);
    }
  };
  return response;
});
