import { test } from "vitest";
import { endOfLifeBase as rule } from "../../../../server/src/rules/dockerfile/end-of-life-base.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("official images by the name of one architecture or of a copy", () => {
  reports(rule)`
    FROM arm64v8/node:18-alpine
         ^^^^^^^^^^^^^^^^^^^^^^ end-of-life-base: Node.js 18 has had no security fixes since 2025-04-30.
    FROM public.ecr.aws/docker/library/debian:10
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ end-of-life-base
    FROM example/node:18-alpine
  `;
});

test("versions past their end, and those before the oldest of the table", () => {
  reports(rule)`
    FROM debian:bullseye-20240101-slim
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ end-of-life-base: Debian 11 has had no security fixes since 2026-08-31.
    FROM debian:10.3
         ^^^^^^^^^^^ end-of-life-base
    FROM ubuntu:20.04
         ^^^^^^^^^^^^ end-of-life-base
    FROM ubuntu:bionic-20200101
         ^^^^^^^^^^^^^^^^^^^^^^ end-of-life-base: Ubuntu 18.04 has had no security fixes since 2023-05-31.
    FROM alpine:3.9
         ^^^^^^^^^^ end-of-life-base: Alpine 3.9 has had no security fixes since before 2021-05-01.
    FROM alpine:3.18.4 AS x
         ^^^^^^^^^^^^^ end-of-life-base
    FROM node:8
         ^^^^^^ end-of-life-base
    FROM python:3.9-slim
         ^^^^^^^^^^^^^^^ end-of-life-base
    FROM docker.io/library/php:7.4-apache
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ end-of-life-base
    FROM golang:1.20
         ^^^^^^^^^^^ end-of-life-base
    FROM golang:1.25.9-alpine3.22
         ^^^^^^^^^^^^^^^^^^^^^^^^ end-of-life-base: Go 1.25 has had no security fixes since 2026-08.
    FROM mcr.microsoft.com/dotnet/sdk:6.0
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ end-of-life-base
    FROM postgres:13-alpine
         ^^^^^^^^^^^^^^^^^^ end-of-life-base
    FROM mysql:9.3.0
         ^^^^^^^^^^^ end-of-life-base: MySQL 9.3 has had no security fixes since 2025-07-22.
    FROM mongo:8.2-noble
         ^^^^^^^^^^^^^^^ end-of-life-base: MongoDB 8.2 has had no security fixes since 2026-07-31.
    FROM mariadb:10.1
         ^^^^^^^^^^^^ end-of-life-base
  `;
});

test("the system that an image is built on", () => {
  reports(rule)`
    FROM golang:1.27-bullseye
         ^^^^^^^^^^^^^^^^^^^^ end-of-life-base: Debian 11, which this image is built on, has had no security fixes since 2026-08-31.
    FROM node:24-alpine3.18
         ^^^^^^^^^^^^^^^^^^ end-of-life-base: Alpine 3.18, which this image is built on, has had no security fixes since 2025-05-09.
    FROM gcr.io/distroless/static-debian11
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ end-of-life-base
  `;
});

test("images that were given up", () => {
  reports(rule)`
    FROM openjdk:17-slim
         ^^^^^^^^^^^^^^^ end-of-life-base: The image was given up in 2022-07: take eclipse-temurin, amazoncorretto or another vendor's image.
    FROM centos
         ^^^^^^ end-of-life-base
  `;
});

test("a major without further minor versions stands for its last one", () => {
  reports(rule)`
    FROM python:2-slim
         ^^^^^^^^^^^^^ end-of-life-base: Python 2.7 has had no security fixes since 2020-01-01.
    FROM php:7-apache
         ^^^^^^^^^^^^ end-of-life-base: PHP 7.4 has had no security fixes since 2022-11-28.
    FROM mongo:5
         ^^^^^^^ end-of-life-base: MongoDB 5.0 has had no security fixes since 2024-10-31.
    FROM mcr.microsoft.com/dotnet/core/runtime:2.1
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ end-of-life-base: The image was given up in 2022-12: take mcr.microsoft.com/dotnet/runtime.
    FROM mongo:7
    FROM ruby:3
  `;
});

test("not what is maintained, floats, or is not known", () => {
  reports(rule)`
    ARG VERSION
    FROM debian:bookworm-slim AS a
    FROM debian:12 AS b
    FROM mysql:9 AS mysql-of-the-day
    FROM mysql:9.7 AS mysql-long
    FROM mongo:8.0 AS mongo-long
    FROM ubuntu:22.04 AS c
    FROM alpine:3 AS d
    FROM alpine:3.22 AS e
    FROM alpine AS f
    FROM node:22-slim AS g
    FROM node:lts-alpine AS h
    FROM python:3 AS i
    FROM python:3.11-alpine3.23 AS j
    FROM golang:1 AS k
    FROM golang:1.27-alpine AS l
    FROM postgres:17 AS m
    FROM registry.example.com/node:14 AS n
    FROM node:\${VERSION} AS o
    FROM mysql:8 AS p
    FROM php:8-apache AS q
    FROM node:24@sha256:0000000000000000000000000000000000000000000000000000000000000000 AS r
    FROM scratch AS centos
    FROM centos
  `;
});

test("the same variant of a version that is maintained", () => {
  fixes(rule, "unsafe")`
    FROM --platform=linux/amd64 node:18-alpine3.18 AS build
    ->
    FROM --platform=linux/amd64 node:24-alpine AS build
  `;
  fixes(rule, "unsafe")`
    FROM python:3.8-slim-buster
    ->
    FROM python:3.14-slim
  `;
  offersNothing(rule)`
    FROM php:7.4-zts
  `;
  offersNothing(rule)`
    ARG VERSION=18
    FROM node:$VERSION
  `;
});

test("nothing to offer where versions of the release's packages are written out", () => {
  offersNothing(rule)`
    FROM python:3.9-slim
    RUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10+deb12u5
  `;
});

test("releases that ended long ago, by number and by name", () => {
  reports(rule)`
    FROM debian:wheezy
         ^^^^^^^^^^^^^ end-of-life-base: Debian 7 has had no security fixes since 2018-05-31.
    FROM ubuntu:21.10
         ^^^^^^^^^^^^ end-of-life-base: Ubuntu 21.10 has had no security fixes since 2022-07-14.
    FROM ubuntu:precise
         ^^^^^^^^^^^^^^ end-of-life-base: Ubuntu 12.04 has had no security fixes since 2017-04-28.
    FROM ubuntu:10.04
         ^^^^^^^^^^^^ end-of-life-base: Ubuntu 10.04 has had no security fixes since before 2017-04-28.
  `;
});

test("no fix where another stage has the version from an argument", () => {
  offersNothing(rule)`
    ARG BASE_IMAGE=python:3.9-slim-bullseye
    FROM $BASE_IMAGE AS builder
    RUN python3 -m venv /venv
    FROM python:3.9-slim-bullseye
    COPY --from=builder /venv /venv
  `;
});
