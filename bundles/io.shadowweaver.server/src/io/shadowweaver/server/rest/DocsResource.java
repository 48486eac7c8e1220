// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Properties;

import org.eclipse.jetty.server.Server;

import io.shadowweaver.server.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** The description to read: Swagger UI, from this server alone. */
@Hidden
@Path("/")
public final class DocsResource {
	private static final String LIBRARY = "META-INF/resources/webjars/swagger-ui/";
	private static final String VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
	private static final Map<String, String> FILES = Map.of("swagger-ui.css", "text/css; charset=utf-8", "swagger-ui-bundle.js", "text/javascript; charset=utf-8", "favicon-32x32.png", "image/png");
	private static final String CONTENT_SECURITY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
			+ "frame-ancestors 'none'";
	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<title>Shadow Weaver API</title>
			<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
			<link rel="stylesheet" href="docs/swagger-ui.css">
			</head>
			<body>
			<div id="api"></div>
			<script src="docs/swagger-ui-bundle.js"></script>
			<script src="docs/page.js"></script>
			</body>
			</html>
			""";
	private static final String SCRIPT = "SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null, docExpansion: 'list', defaultModelsExpandDepth: 0 });\n";

	/** Leads to the page. */
	@GET
	public Response root() {
		return Response.seeOther(URI.create("/docs")).build();
	}

	/** The page. */
	@GET
	@Path("docs")
	public Response page() {
		return answer("text/html; charset=utf-8").entity(PAGE).build();
	}

	/** What the page consists of. */
	@GET
	@Path("docs/{file}")
	public Response file(@PathParam("file") String file) throws IOException {
		if (file.equals("page.js")) {
			return answer("text/javascript; charset=utf-8").entity(SCRIPT).build();
		}
		String type = FILES.get(file);
		if (type == null) {
			throw Problem.exception(404, "The page has no part '" + file + "'.");
		}
		// the library lies beside Jetty, in the bundle that holds both
		ClassLoader libraries = Server.class.getClassLoader();
		Properties made = new Properties();
		try (InputStream properties = libraries.getResourceAsStream(VERSION)) {
			made.load(properties);
		}
		try (InputStream in = libraries.getResourceAsStream(LIBRARY + made.getProperty("version") + "/" + file)) {
			return answer(type).header("Cache-Control", "public, max-age=86400").entity(in.readAllBytes()).build();
		}
	}

	private static Response.ResponseBuilder answer(String type) {
		return Response.ok().header("Content-Type", type).header("Content-Security-Policy", CONTENT_SECURITY).header("Referrer-Policy", "no-referrer");
	}
}
