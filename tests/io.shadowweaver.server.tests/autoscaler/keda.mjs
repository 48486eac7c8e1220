// SPDX-License-Identifier: Apache-2.0
// Plays KEDA: each line on standard input is a call, {id, method, request, key?} or {id, cancel: true}; each line on standard output is
// what came of one, {id, value}, {id, end: true} or {id, code, details}.
// Arguments: the .proto, host:port, and for TLS the files of the authority, and of the client's certificate and key.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const [proto, address, authority, certificate, key] = process.argv.slice(2);
const { externalscaler } = grpc.loadPackageDefinition(loadSync(proto, { keepCase: true, longs: Number, defaults: true }));
const credentials = authority
	? grpc.credentials.createSsl(readFileSync(authority), key ? readFileSync(key) : null, certificate ? readFileSync(certificate) : null)
	: grpc.credentials.createInsecure();
const client = new externalscaler.ExternalScaler(address, credentials);
const streams = new Map();
const say = line => process.stdout.write(JSON.stringify(line) + "\n");
const failed = (id, error) => say({ id, code: grpc.status[error.code], details: error.details });

for await (const line of createInterface({ input: process.stdin })) {
	const { id, method, request, key, cancel } = JSON.parse(line);
	if (cancel) {
		streams.get(id).cancel();
		continue;
	}
	const metadata = new grpc.Metadata();
	if (key) {
		metadata.set("x-api-key", key);
	}
	if (method.startsWith("Stream")) {
		const stream = client[method](request, metadata);
		streams.set(id, stream);
		stream.on("data", value => say({ id, value }));
		stream.on("end", () => say({ id, end: true }));
		stream.on("error", error => failed(id, error));
	} else {
		client[method](request, metadata, { deadline: Date.now() + 20_000 }, (error, value) => (error ? failed(id, error) : say({ id, value })));
	}
}
client.close();
