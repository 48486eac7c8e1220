// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The services of one account, over one HTTP client and without retries.
 *
 * @param ec2       instances
 * @param scaling   Auto Scaling groups
 * @param balancing target groups
 * @param calls     notes what was sent last
 * @param closing   what is closed, in this order
 */
record AwsClients(Ec2Client ec2, AutoScalingClient scaling, ElasticLoadBalancingV2Client balancing, CallNotes calls,
		List<SdkAutoCloseable> closing) implements AutoCloseable {
	static AwsClients open(AwsSettings settings) {
		CallNotes calls = new CallNotes();
		// the JDK's client takes the bundle's class loader as it is; no service is looked up
		SdkHttpClient http = UrlConnectionHttpClient.builder().connectionTimeout(settings.machines().timeout()).socketTimeout(settings.machines().timeout()).build();
		List<SdkAutoCloseable> closing = new ArrayList<>();
		AwsCredentialsProvider credentials = credentials(settings, http, closing);
		Ec2Client ec2 = common(Ec2Client.builder(), settings, http, calls).credentialsProvider(credentials).build();
		AutoScalingClient scaling = common(AutoScalingClient.builder(), settings, http, calls).credentialsProvider(credentials).build();
		ElasticLoadBalancingV2Client balancing = common(ElasticLoadBalancingV2Client.builder(), settings, http, calls)
				.credentialsProvider(credentials).build();
		closing.addAll(0, List.of(ec2, scaling, balancing));
		closing.add(http);
		return new AwsClients(ec2, scaling, balancing, calls, List.copyOf(closing));
	}

	private static <B extends AwsClientBuilder<B, ?> & software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder<B, ?>> B common(
			B builder, AwsSettings settings, SdkHttpClient http, CallNotes calls) {
		builder.region(Region.of(settings.region())).httpClient(http)
				.overrideConfiguration(ClientOverrideConfiguration.builder().retryStrategy(AwsRetryStrategy.doNotRetry())
						.apiCallTimeout(settings.machines().timeout()).addExecutionInterceptor(calls).build());
		settings.endpoint().ifPresent(builder::endpointOverride);
		return builder;
	}

	private static AwsCredentialsProvider credentials(AwsSettings settings, SdkHttpClient http, List<SdkAutoCloseable> closing) {
		AwsSettings.Credentials given = settings.credentials();
		AwsCredentialsProvider own;
		if (given.accessKey().isEmpty()) {
			DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
			closing.add(chain);
			own = chain;
		} else {
			AwsCredentials keys = given.sessionToken().isEmpty() ? AwsBasicCredentials.create(given.accessKey(), given.secretKey())
					: AwsSessionCredentials.create(given.accessKey(), given.secretKey(), given.sessionToken());
			own = StaticCredentialsProvider.create(keys);
		}
		if (given.role().isEmpty()) {
			return own;
		}
		StsClient sts = common(StsClient.builder(), settings, http, new CallNotes()).credentialsProvider(own).build();
		StsAssumeRoleCredentialsProvider role = StsAssumeRoleCredentialsProvider.builder().stsClient(sts)
				.refreshRequest(request -> request.roleArn(given.role()).roleSessionName("shadow-weaver")).build();
		closing.addAll(0, List.of(role, sts));
		return role;
	}

	@Override
	public void close() {
		closing.forEach(SdkAutoCloseable::close);
	}
}
