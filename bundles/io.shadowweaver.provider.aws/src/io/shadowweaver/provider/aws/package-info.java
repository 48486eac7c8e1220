// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon EC2 as a cloud provider, over the AWS SDK for Java 2. It is not jclouds' aws-ec2, which speaks the API of 2012-06-01, knows about
 * a hundred instance types by heart and sends no ClientToken: the SDK has creation that is idempotent by a token, the types that EC2 lists
 * today, and Auto Scaling.
 * <p>
 * The SDK's own retries are off: the engine decides what is tried again, and when. Prices are not told by EC2, and quotas only by a service
 * of its own, so the limit is a setting. The answers were written from the API reference (EC2 2016-11-15, Auto Scaling 2011-01-01, Elastic
 * Load Balancing 2015-12-01, STS 2011-06-15); nothing was ever run against the real cloud.
 */
package io.shadowweaver.provider.aws;
