# Prints what thetaf of R's package forecast says of three series that come with R, as the tests of the Theta method read it:
#   Rscript thetaf.R > ../src/io/shadowweaver/model/theta/thetaf.csv
suppressMessages(library(forecast))
cat("# Output of thetaf.R:", R.version.string, "forecast", as.character(packageVersion("forecast")), "\n")
one <- function(name, y, h) {
  f <- thetaf(y, h)
  cat(name, frequency(y), paste(format(as.numeric(y), digits = 10, trim = TRUE), collapse = " "),
      paste(format(as.numeric(f$mean), digits = 10, trim = TRUE), collapse = " "), sep = ",")
  cat("\n")
}
one("AirPassengers", AirPassengers, 24)
one("USAccDeaths", USAccDeaths, 12)
one("Nile", Nile, 10)
