// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;
import io.shadowweaver.tck.WrittenExchanges;

/** What the tests share: an account whose calls all go to written exchanges. */
final class Amazon {
	static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
	static final String SESSION = "session-of-the-test";
	static final String TARGET_GROUP = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/73e2d6bc24d8a067";

	private Amazon() {
	}

	static WrittenExchanges exchanges() throws IOException {
		return new WrittenExchanges(Amazon.class);
	}

	/** With keys, and what a test sets otherwise. */
	static CloudProvider open(WrittenExchanges exchanges, Map<String, String> others) throws PluginException {
		Map<String, String> texts = new HashMap<>(Map.of("region", "eu-central-1", "access-key", "AKIDEXAMPLE", "secret-key", SECRET, "types",
				"m7i.large, m7i.xlarge", "security-groups", "sg-0123", "key-pair", "ops", "instance-profile", "web", "timeout", "5s", "endpoint",
				exchanges.address().toString(), "groups", "web = web-asg"));
		texts.putAll(others);
		Declared declared = Declared.only("io.shadowweaver.provider.aws", "provider");
		return declared.make(CloudProviderFactory.class).open(declared.settings(texts), new TestContext(InstantSource.system(), null));
	}

	static CloudProvider open(WrittenExchanges exchanges) throws PluginException {
		return open(exchanges, Map.of());
	}

	static CreateRequest wish() {
		return wish("f00d", "m7i.large", "subnet-0a");
	}

	static CreateRequest wish(String token, String offer, String network) {
		return new CreateRequest(token, "web-7", "web", offer, "eu-central-1a", "ami-0abcdef1234567890", network, "#!/bin/sh\n", Map.of("purpose", "test"),
				"", Instant.parse("2026-06-01T00:00:00Z"));
	}
}
