// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import org.jclouds.ContextBuilder;
import org.jclouds.http.HttpCommand;
import org.jclouds.http.HttpCommandExecutorService;
import org.jclouds.http.HttpRequest;
import org.jclouds.http.HttpResponse;
import org.jclouds.io.Payload;
import org.jclouds.io.Payloads;
import org.jclouds.lifecycle.Closer;
import org.jclouds.openstack.keystone.auth.config.AuthenticationModule;
import org.jclouds.openstack.keystone.auth.domain.AuthInfo;
import org.jclouds.openstack.keystone.auth.filters.AuthenticateRequest;
import org.jclouds.openstack.keystone.catalog.config.ServiceCatalogModule;
import org.jclouds.openstack.keystone.catalog.config.ServiceCatalogModule.RegionModule;
import org.jclouds.openstack.keystone.config.KeystoneProperties;
import org.jclouds.openstack.keystone.v3.domain.Token;
import org.jclouds.openstack.neutron.v2.NeutronApi;
import org.jclouds.openstack.neutron.v2.NeutronApiMetadata;
import org.jclouds.openstack.nova.v2_0.NovaApi;
import org.jclouds.openstack.nova.v2_0.NovaApiMetadata;
import org.jclouds.openstack.nova.v2_0.config.NovaHttpApiModule;
import org.jclouds.openstack.nova.v2_0.config.NovaParserModule;
import org.jclouds.openstack.nova.v2_0.options.CreateServerOptions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Supplier;
import com.google.common.collect.ImmutableSet;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.kit.jclouds.Contexts;
import io.shadowweaver.kit.jclouds.StrictClient;
import io.shadowweaver.kit.rest.Faults;

/**
 * The services of a cloud in one region, as the project's user sees them. Of jclouds' node groups nothing is used, since they make machines again
 * when they are asked twice; what jclouds has no interface for (limits, reasons of faults, Octavia, Heat) is called through its client.
 */
final class Cloud implements AutoCloseable {
	private static final ObjectMapper JSON = new ObjectMapper();

	private final Settings settings;
	private final Faults faults;
	private final Injector compute;
	private final Injector networking;
	private final Supplier<AuthInfo> auth;
	private String region = "";

	/** Makes no call yet. */
	Cloud(Settings settings, InstantSource clock) {
		this.settings = settings;
		Duration timeout = settings.duration("timeout");
		StrictClient client = new StrictClient(clock, timeout);
		this.faults = new Faults("OpenStack at " + settings.uri("endpoint").getAuthority(), settings::mask, client.skew());
		Set<Class<? extends Module>> modules = ImmutableSet.of(AuthenticationModule.class, ServiceCatalogModule.class, RegionModule.class,
				NovaParserModule.class, NovaHttpApiModule.class);
		this.compute = injector(ContextBuilder.newBuilder(new NovaApiMetadata().toBuilder().defaultModules(modules).build()), client, timeout);
		this.networking = injector(ContextBuilder.newBuilder(new NeutronApiMetadata()), client, timeout);
		this.auth = compute.getInstance(Key.get(new TypeLiteral<Supplier<AuthInfo>>() {
		}));
	}

	private Injector injector(ContextBuilder builder, StrictClient client, Duration timeout) {
		Properties properties = new Properties();
		properties.setProperty(KeystoneProperties.KEYSTONE_VERSION, "3");
		properties.setProperty(KeystoneProperties.SCOPE, "project:" + settings.text("project"));
		return Contexts.prepare(builder, settings.uri("endpoint"), settings.text("domain") + ":" + settings.text("user"), settings.text("password"),
				timeout, properties).modules(Contexts.modules(client)).buildInjector();
	}

	/** Sentences for what goes wrong. */
	Faults faults() {
		return faults;
	}

	/** The region of the account, asked for once. */
	String region() throws PluginException {
		if (region.isEmpty()) {
			Set<String> known;
			try {
				known = new TreeSet<>(nova().getConfiguredRegions());
			} catch (RuntimeException e) {
				throw faults.failed("The regions cannot be read", e);
			}
			String wanted = settings.text("region");
			if (wanted.isEmpty() && known.size() == 1) {
				region = known.iterator().next();
			} else if (known.contains(wanted)) {
				region = wanted;
			} else {
				throw new PluginException((wanted.isEmpty() ? "Region (region) is required, since there are several" : "There is no region '" + wanted + "'")
						+ "; the cloud has " + String.join(", ", known) + ".");
			}
		}
		return region;
	}

	NovaApi nova() {
		return compute.getInstance(NovaApi.class);
	}

	NeutronApi neutron() {
		return networking.getInstance(NeutronApi.class);
	}

	/**
	 * Where a service answers in the region.
	 *
	 * @param type as in the catalogue, such as {@code load-balancer}
	 * @return its public address without a slash at the end; empty where the catalogue has no such service
	 */
	Optional<String> address(String type) throws PluginException {
		String here = region();
		try {
			List<org.jclouds.openstack.keystone.v3.domain.Catalog> catalogue = ((Token) auth.get()).catalog();
			return catalogue.stream().filter(service -> service.type().equals(type)).flatMap(service -> service.endpoints().stream())
					.filter(endpoint -> endpoint.iface().toLowerCase(Locale.ROOT).equals("public") && here.equals(endpoint.region()))
					.map(endpoint -> endpoint.url().toString().replaceAll("/+$", "")).findFirst();
		} catch (RuntimeException e) {
			throw faults.failed("The catalogue cannot be read", e);
		}
	}

	/** The call that would make a server, as jclouds writes it, before the token of the session is put in. */
	HttpRequest creation(String name, String image, String flavour, CreateServerOptions options) throws PluginException {
		compute.injectMembers(options);
		HttpRequest request = HttpRequest.builder().method("POST").endpoint(address("compute").orElse("") + "/servers").addHeader("Accept", "application/json").build();
		return options.bindToRequest(request, Map.of("name", name, "imageRef", image, "flavorRef", flavour));
	}

	/**
	 * One call to an address of the cloud, with the session's token.
	 *
	 * @param method  such as GET
	 * @param address whole
	 * @param body    JSON; {@code null} for none
	 * @return the answer; missing where it is empty
	 * @throws RuntimeException as jclouds throws
	 */
	JsonNode call(String method, String address, JsonNode body) {
		HttpRequest.Builder<?> request = HttpRequest.builder().method(method).endpoint(URI.create(address)).addHeader("Accept", "application/json")
				.filter(compute.getInstance(AuthenticateRequest.class));
		if (body != null) {
			Payload payload = Payloads.newStringPayload(body.toString());
			payload.getContentMetadata().setContentType("application/json");
			request.payload(payload);
		}
		HttpResponse response = compute.getInstance(HttpCommandExecutorService.class).invoke(new HttpCommand(request.build()));
		if (response.getPayload() == null) {
			return JSON.missingNode();
		}
		try (Payload payload = response.getPayload()) {
			return JSON.readTree(payload.openStream());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Override
	public void close() {
		for (Injector injector : List.of(compute, networking)) {
			try {
				injector.getInstance(Closer.class).close();
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}
	}
}
