// SPDX-License-Identifier: Apache-2.0
/** What autoscalers of others read: the external scaler of KEDA over gRPC, and the external metrics of Kubernetes. */
package io.shadowweaver.server.autoscaling;
