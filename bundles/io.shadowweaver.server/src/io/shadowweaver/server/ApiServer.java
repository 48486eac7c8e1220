// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;

import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.autoscaling.DemandReader;
import io.shadowweaver.server.autoscaling.ExternalMetricsResource;
import io.shadowweaver.server.autoscaling.GrpcRefusal;
import io.shadowweaver.server.autoscaling.Scaler;
import io.shadowweaver.server.autoscaling.ScalerHandler;
import io.shadowweaver.server.mcp.McpResource;
import io.shadowweaver.server.promql.PrometheusResource;
import io.shadowweaver.server.rest.DocsResource;
import io.shadowweaver.server.rest.MetricsResource;
import io.shadowweaver.server.rest.OpenApiResource;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.ChangeLog;
import io.shadowweaver.server.security.Gate;
import io.shadowweaver.server.security.Idempotency;
import io.shadowweaver.server.security.ScopeFilter;
import io.shadowweaver.server.security.StreamSlots;
import io.shadowweaver.server.security.TlsFiles;
import io.shadowweaver.server.security.TlsReloader;
import io.shadowweaver.server.security.TlsSettings;
import io.shadowweaver.server.stream.StreamHandler;

/**
 * The API over HTTP 1.1 and 2: reads take the newest state of an estate and never wait for its weave thread. Answers only whom
 * {@link ServerSettings} let in, and nothing that a page of another origin sends through a browser.
 */
public final class ApiServer implements AutoCloseable {
	private static final int THREADS = 16;
	private static final int SEND_BYTES = 256 << 10;
	private static final long STS_SECONDS = 365L * 24 * 3600;
	private static final int SPARE_MILLIS = 30_000;

	private final Server server;
	private final Supplier<List<Weaver>> estates;
	private final Supplier<List<Plugin>> plugins;
	private final Jobs jobs;
	private ServerConnector connector;
	private final ServerSettings settings;
	private final Optional<Path> directory;
	private final InstantSource clock;
	private final StreamSlots streams;
	private StreamHandler events;
	private final DemandReader demand;
	private final ObjectMapper json = mapper();
	private Optional<ChangeLog> changes = Optional.empty();

	/**
	 * Makes a server that keeps nothing, so that nobody has a key, and does not listen yet.
	 *
	 * @param settings where to listen
	 * @param estates  what to answer from; asked at each request
	 */
	public ApiServer(ServerSettings settings, Supplier<List<Weaver>> estates) {
		this(settings, estates, List::of, Optional.empty(), Clock.systemUTC());
	}

	/**
	 * Makes a server that does not listen yet.
	 *
	 * @param settings  where to listen, and whom to answer
	 * @param estates   what to answer from; asked at each request
	 * @param plugins   what is installed; asked at each request
	 * @param directory where keys and the trail of changes are; empty for neither
	 * @param clock     the real time
	 */
	public ApiServer(ServerSettings settings, Supplier<List<Weaver>> estates, Supplier<List<Plugin>> plugins, Optional<Path> directory, InstantSource clock) {
		this.settings = settings;
		this.plugins = plugins;
		jobs = new Jobs(clock);
		this.directory = directory;
		this.clock = clock;
		this.estates = estates;
		streams = new StreamSlots(settings.limits());
		demand = new DemandReader(estates, settings.autoscaling());
		QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2, SPARE_MILLIS);
		threads.setName("api");
		threads.setDaemon(true);
		server = new Server(threads);
		server.setErrorHandler(new ProblemErrors());
		server.addBean(new NetworkConnectionLimit(settings.limits().connections(), server));
	}

	/** Where it listens, and what it answers with; files of TLS are read here. */
	private void assemble() throws IOException {
		Optional<ApiKeys> keys = directory.map(folder -> new ApiKeys(folder, clock));
		boolean known = keys.isPresent() && !keys.get().list().isEmpty() || settings.oidc().isPresent() || settings.tls().filter(tls -> !tls.clients().isEmpty()).isPresent();
		if (!settings.isLocal() && !known) {
			throw new IOException(settings.host() + " can be reached from elsewhere, and nobody has a key: make one with 'weave key add' first");
		}
		HttpConfiguration http = new HttpConfiguration();
		http.setSendServerVersion(false);
		http.setIdleTimeout(settings.limits().idle().toMillis());
		connector = new ServerConnector(server, factories(http));
		connector.setHost(settings.host());
		connector.setPort(settings.port());
		connector.setIdleTimeout(settings.limits().idle().toMillis());
		// what a slow reader can make the system keep for it
		connector.setAcceptedSendBufferSize(SEND_BYTES);
		server.addConnector(connector);
		if (directory.isPresent()) {
			changes = Optional.of(ChangeLog.ofServer(directory.get(), clock));
		}
		ServletContextHandler context = new ServletContextHandler("/");
		context.addServlet(new ServletHolder(new ServletContainer(resources(estates))), "/*");
		context.setErrorHandler(new ProblemErrors());
		if (settings.autoscaling().enabled()) {
			ServletHolder scaler = new ServletHolder(new Scaler(demand));
			scaler.setAsyncSupported(true);
			context.addServlet(scaler, Scaler.PATH);
		}
		SizeLimitHandler sizes = new SizeLimitHandler(settings.limits().bodyBytes(), -1);
		events = new StreamHandler(estates, json, this::refuse, streams);
		events.setHandler(scalers(context));
		sizes.setHandler(events);
		Gate gate = new Gate(settings, keys, this::refuse);
		gate.setHandler(sizes);
		OwnHost own = new OwnHost(settings, this::refuse);
		own.setHandler(gate);
		server.setHandler(own);
	}

	private Handler scalers(Handler context) {
		if (!settings.autoscaling().enabled()) {
			return context;
		}
		ScalerHandler scalers = new ScalerHandler(this::refuse, streams);
		scalers.setHandler(context);
		return scalers;
	}

	private ConnectionFactory[] factories(HttpConfiguration http) throws IOException {
		if (settings.tls().isEmpty()) {
			return new ConnectionFactory[] { new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http) };
		}
		// of two names of one server a certificate may hold only one
		SecureRequestCustomizer secure = new SecureRequestCustomizer(false);
		if (!settings.isLocal()) {
			// a browser would apply it to all that listens on this machine
			secure.setStsMaxAge(STS_SECONDS);
		}
		http.addCustomizer(secure);
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(ALPNServerConnectionFactory.class.getClassLoader());
		try {
			ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
			alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
			return new ConnectionFactory[] { new SslConnectionFactory(certificates(settings.tls().get()), alpn.getProtocol()), alpn, new HTTP2ServerConnectionFactory(http),
					new HttpConnectionFactory(http) };
		} finally {
			thread.setContextClassLoader(before);
		}
	}

	/** They are read anew when their files change: who was connected before stays so. */
	private SslContextFactory.Server certificates(TlsSettings files) throws IOException {
		SslContextFactory.Server context = TlsFiles.context(files);
		server.addBean(new TlsReloader(files, context));
		return context;
	}

	private ResourceConfig resources(Supplier<List<Weaver>> estates) {
		ResourceConfig config = new ResourceConfig(OpenApiResource.class, DocsResource.class, MetricsResource.class);
		OpenApiResource.RESOURCES.stream().filter(one -> settings.autoscaling().enabled() || one != ExternalMetricsResource.class).forEach(config::register);
		config.register(PrometheusResource.class);
		config.register(McpResource.class);
		config.register(new AbstractBinder() {
			@Override
			protected void configure() {
				bind(new Estates(estates)).to(Estates.class);
				bind(demand).to(DemandReader.class);
				bind(streams).to(StreamSlots.class);
				bind(settings).to(ServerSettings.class);
				bind(new Folder(directory)).to(Folder.class);
				bind(new Plugins(plugins)).to(Plugins.class);
				bind(jobs).to(Jobs.class);
				bind(new Changes(changes)).to(Changes.class);
			}
		});
		config.register(Unchanged.class);
		config.register(Headers.class);
		// what stands on the class path is no reason to use it
		config.property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
		config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
		config.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
		config.registerInstances(new Problems(), new JacksonJsonProvider(json), new ScopeFilter(changes), new Idempotency(directory.map(folder -> folder.resolve("api")), clock));
		return config;
	}

	/** Instants and durations as ISO text; what is not a number is {@code null}, since JSON has no other way. */
	public static ObjectMapper mapper() {
		return JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module()).addModule(new Numbers())
				.disable(MapperFeature.AUTO_DETECT_IS_GETTERS, MapperFeature.ALLOW_COERCION_OF_SCALARS).enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
				.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS).build();
	}

	/**
	 * Listens from now on.
	 *
	 * @throws IOException when the port is taken
	 */
	public void start() throws IOException {
		try {
			assemble();
			server.start();
			settled("listens at " + uri());
		} catch (Exception e) {
			close();
			throw new IOException("The API cannot listen on " + settings.host() + ":" + settings.port() + ": " + reason(e), e);
		}
	}

	/** What the system said, where Jetty only says what it tried; a file that is missing is more than its name. */
	private static String reason(Exception e) {
		return switch (e) {
		case NoSuchFileException missing -> missing.getFile() + " is not there";
		case AccessDeniedException denied -> denied.getFile() + " may not be read";
		default -> e.getCause() instanceof BindException taken ? taken.getMessage() : e.getMessage();
		};
	}

	/** Who changes settings starts it anew, so each start says what holds from then on. */
	private void settled(String result) {
		changes.ifPresent(trail -> trail.enter(ChangeLog.account(), "settings " + ServerSection.of(settings).text(), "account", result));
	}

	/** Where it listens. */
	public URI uri() {
		return URI.create((settings.tls().isPresent() ? "https://" : "http://") + (connector.getHost().contains(":") ? "[" + connector.getHost() + "]" : connector.getHost()) + ":" + connector.getLocalPort() + "/");
	}

	/** How many streams of events are open. */
	public int streams() {
		return streams.count();
	}

	/** How many connections are open. */
	public int connections() {
		return connector.getConnectedEndPoints().size();
	}

	/** Ends it; requests that run are cut off. */
	@Override
	public void close() {
		if (server.isStarted()) {
			settled("ends");
		}
		try {
			server.stop();
		} catch (Exception e) {
			System.getLogger(ApiServer.class.getName()).log(System.Logger.Level.WARNING, "the API did not end well", e);
		}
		changes.ifPresent(ChangeLog::close);
	}

	private void refuse(Response response, Callback callback, int status, String detail, Map<String, String> headers) {
		headers.forEach(response.getHeaders()::put);
		if (GrpcRefusal.isGrpc(response.getRequest())) {
			GrpcRefusal.answer(response, callback, status, detail);
			return;
		}
		Headers.put(response.getHeaders()::put);
		response.setStatus(status);
		response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.JSON);
		try {
			response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(Problem.of(status, detail))), callback);
		} catch (JsonProcessingException e) {
			callback.failed(e);
		}
	}

	/** What goes wrong before a resource is reached is a problem document too. */
	private final class ProblemErrors extends ErrorHandler {
		@Override
		public boolean handle(Request request, Response response, Callback callback) {
			int status = response.getStatus();
			Object message = request.getAttribute(ERROR_MESSAGE);
			refuse(response, callback, status, message == null ? "The request could not be answered." : message.toString(), Map.of());
			return true;
		}
	}
}
