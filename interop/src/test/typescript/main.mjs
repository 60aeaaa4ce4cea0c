// Serves the contract's services, once for each way in which a server may talk to them. Prints one line "<variant> <port>"
// for each and then "ready". With "ledger <port>" it serves the kill test's services at that port instead. The server's
// address never enters here: one process serves several servers at once.
import * as http from "node:http";
import * as http2 from "node:http2";
import * as restate from "@restatedev/restate-sdk";
import * as restateV5 from "restate-sdk-v5";
import { contract } from "./contract.mjs";
import { ledger } from "./ledger.mjs";
import { upgrade } from "./upgrade.mjs";

async function listen(variant, server, port = 0) {
  await new Promise((done) => server.listen(port, "127.0.0.1", done));
  console.log(`${variant} ${server.address().port}`);
}

function http2Server(sdk, services) {
  const endpoint = sdk.endpoint();
  for (const service of services) endpoint.bind(service);
  return http2.createServer(endpoint.http2Handler());
}

async function listenAll() {
  const retryPolicy = { initialInterval: 20, maxInterval: 100, exponentiationFactor: 2 };

  await listen("TsStreaming", http2Server(restate, contract(restate, "TsStreaming", { retryPolicy })));
  const suspending = contract(restate, "TsSuspending", { retryPolicy, inactivityTimeout: 0 });
  await listen("TsSuspending", http2Server(restate, suspending));
  const services = contract(restate, "TsRequestResponse", { retryPolicy });
  await listen("TsRequestResponse", http.createServer(restate.createEndpointHandler({ services, bidirectional: false })));
  await listen("TsOlder", http2Server(restateV5, contract(restateV5, "TsOlder", {})));
  await listen("TsSettings", http2Server(restate, contract(restate, "TsSettings", { retryPolicy })));
  await listen("TsUpgradeOld", http2Server(restate, upgrade(restate, "old")));
  await listen("TsUpgradeNew", http2Server(restate, upgrade(restate, "new")));
  await listen("TsSpare", http2Server(restate, upgrade(restate, "spare", "SpareTs")));
}

const [what, port] = process.argv.slice(2);
await (what === "ledger" ? listen("Ledger", http2Server(restate, ledger(restate)), Number(port)) : listenAll());
console.log("ready");
