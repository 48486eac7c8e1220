// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;

import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.rest.MetricsResource;
import io.shadowweaver.server.rest.OpenApiResource;

/**
 * The API over HTTP 1.1 and 2: reads take the newest state of an estate and never wait for its weave thread. Answers no request from
 * another machine, and none that a page of another origin sends through a browser.
 */
public final class ApiServer implements AutoCloseable {
	/** Requests carry scenarios at most. */
	private static final long LARGEST_REQUEST = 1 << 20;
	private static final int THREADS = 16;
	private static final int IDLE_MILLIS = 30_000;

	private final Server server;
	private final ServerConnector connector;
	private final ObjectMapper json = mapper();

	/**
	 * Makes a server that does not listen yet.
	 *
	 * @param settings where to listen
	 * @param estates  what to answer from; asked at each request
	 */
	public ApiServer(ServerSettings settings, Supplier<List<Weaver>> estates) {
		QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2, IDLE_MILLIS);
		threads.setName("api");
		threads.setDaemon(true);
		server = new Server(threads);
		HttpConfiguration http = new HttpConfiguration();
		http.setSendServerVersion(false);
		http.setIdleTimeout(IDLE_MILLIS);
		connector = new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
		connector.setHost(settings.host());
		connector.setPort(settings.port());
		connector.setIdleTimeout(IDLE_MILLIS);
		server.addConnector(connector);
		server.setErrorHandler(new ProblemErrors());
		ServletContextHandler context = new ServletContextHandler("/");
		context.addServlet(new ServletHolder(new ServletContainer(resources(estates))), "/*");
		context.setErrorHandler(new ProblemErrors());
		OwnHost own = new OwnHost(this::refuse);
		own.setHandler(new SizeLimitHandler(LARGEST_REQUEST, -1));
		((Handler.Singleton) own.getHandler()).setHandler(context);
		server.setHandler(own);
	}

	private ResourceConfig resources(Supplier<List<Weaver>> estates) {
		ResourceConfig config = new ResourceConfig(OpenApiResource.class, MetricsResource.class);
		OpenApiResource.RESOURCES.forEach(config::register);
		config.register(new AbstractBinder() {
			@Override
			protected void configure() {
				bind(new Estates(estates)).to(Estates.class);
			}
		});
		config.register(Unchanged.class);
		// what stands on the class path is no reason to use it
		config.property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
		config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
		config.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
		config.registerInstances(new Problems(), new JacksonJsonProvider(json));
		return config;
	}

	/** Instants and durations as ISO text; what is not a number is {@code null}, since JSON has no other way. */
	public static ObjectMapper mapper() {
		return JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module()).addModule(new Numbers())
				.disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
				.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS).build();
	}

	/**
	 * Listens from now on.
	 *
	 * @throws IOException when the port is taken
	 */
	public void start() throws IOException {
		try {
			server.start();
		} catch (Exception e) {
			close();
			throw new IOException("The API cannot listen on " + connector.getHost() + ":" + connector.getPort() + ": " + e.getMessage(), e);
		}
	}

	/** Where it listens. */
	public URI uri() {
		return URI.create("http://" + (connector.getHost().contains(":") ? "[" + connector.getHost() + "]" : connector.getHost()) + ":" + connector.getLocalPort() + "/");
	}

	/** Ends it; requests that run are cut off. */
	@Override
	public void close() {
		try {
			server.stop();
		} catch (Exception e) {
			System.getLogger(ApiServer.class.getName()).log(System.Logger.Level.WARNING, "the API did not end well", e);
		}
	}

	private void refuse(Response response, Callback callback, int status, String detail) {
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
			refuse(response, callback, status, message == null ? "The request could not be answered." : message.toString());
			return true;
		}
	}
}
