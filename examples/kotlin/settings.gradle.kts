rootProject.name = "people"

dependencyResolutionManagement {
  repositories {
    mavenCentral()
  }
}
