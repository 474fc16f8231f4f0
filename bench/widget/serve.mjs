// Serves `dist` on a port of this machine, compressed once and for all, with nothing else to do: serve.mjs PORT
import { createServer } from "node:http";
import { readFileSync, readdirSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const folder = new URL("dist", import.meta.url).pathname;
const files = new Map(
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return [`/${relative(folder, file)}`, { type: types[extname(file)], body: gzipSync(readFileSync(file)) }];
  }),
);
createServer(({ url }, response) => {
  const file = files.get(url === "/" ? "/index.html" : url);
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": file.type, "content-encoding": "gzip" }).end(file.body);
}).listen(Number(process.argv[2]), "127.0.0.1");
