@echo off
setlocal
set "JAR=%~dp0cli\target\lockstep.jar"
if not exist "%JAR%" (
    echo lockstep: not built yet: run mvn -q -DskipTests package in %~dp0 1>&2
    exit /b 2
)
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto --enable-native-access=ALL-UNNAMED -jar "%JAR%" %*
exit /b %ERRORLEVEL%
