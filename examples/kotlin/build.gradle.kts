plugins {
  kotlin("jvm") version "2.1.21"
  id("com.apollographql.apollo") version "4.3.2"
  application
}

kotlin {
  jvmToolchain(17)
  explicitApi()
  compilerOptions {
    allWarningsAsErrors.set(true)
  }
}

dependencies {
  implementation("com.apollographql.apollo:apollo-runtime:4.3.2")
}

application {
  mainClass.set("MainKt")
}

apollo {
  service("gateway") {
    packageName.set("example.gateway")
    schemaFiles.from("../gateway.graphql")
    srcDir("src/main/graphql")
    // Every scalar of the gateway travels as a string.
    for (scalar in listOf("CountryCode", "Date", "DateTime", "EmailAddress", "LanguageTag", "PhoneNumber", "Sha256", "URL")) {
      mapScalarToKotlinString(scalar)
    }
  }
}
