// SPDX-License-Identifier: Apache-2.0
// Plays the autoscaler of Kubernetes with its own client: finds the external metrics, and reads one.
// Arguments: the server, the certificate that it is trusted by, a key, the metric and a selector of labels. Writes one object to standard output.
import { ApisApi, CustomObjectsApi, KubeConfig } from "@kubernetes/client-node";

const [server, caFile, token, plural, labelSelector] = process.argv.slice(2);
const config = new KubeConfig();
config.loadFromClusterAndUser({ name: "shadow", server, caFile }, { name: "autoscaler", token });
const group = "external.metrics.k8s.io";
const version = "v1beta1";
const objects = config.makeApiClient(CustomObjectsApi);
const groups = (await config.makeApiClient(ApisApi).getAPIVersions()).groups.map(one => one.preferredVersion.groupVersion);
const resources = (await objects.getAPIResources({ group, version })).resources;
const read = async () => {
	try {
		return { list: await objects.listNamespacedCustomObject({ group, version, namespace: "shop", plural, labelSelector }) };
	} catch (error) {
		return { code: error.code, status: JSON.parse(error.body) };
	}
};
console.log(JSON.stringify({ groups, resources, ...(await read()) }));
